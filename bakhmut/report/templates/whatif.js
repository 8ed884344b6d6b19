// What if: looks up the answer of the readings chosen and puts numbers into it, exactly.
// An answer is [caps, outside] in quotients of polynomials a + b x + c y + d x y, as the library
// worked them out; numbers are fractions of whole numbers of any length, rounded for print only.
{
  const section = document.getElementById("what-if");
  const byId = (name) => document.getElementById(`what-if-${name}`);
  const whole = (_, part) => (typeof part === "string" ? part.split(" ").map(BigInt) : part);
  const { answers, keys } = JSON.parse(byId("data").textContent, whole);
  const all = (query) => [...section.querySelectorAll(query)];
  const selects = all("[data-word]");
  const knobs = all("[data-knob]");
  const statement = byId("statement");
  const share = byId("share");
  const LEFT = 8, RIGHT = 592, TOP = 20, FOOT = 220, STEPS = 60n;

  // Fractions [n, d] with d above zero.
  const less = (one, other) => one[0] * other[1] < other[0] * one[1];
  const most = (some) => some.reduce((best, one) => (less(best, one) ? one : best));
  const size = ([n, d]) => Number(n) / Number(d);
  function lowest([n, d]) {
    let [a, b] = [n < 0n ? -n : n, d];
    while (b) [a, b] = [b, a % b];
    return `${n / a}/${d / a}`;
  }
  // The multipliers come in tenths; a hundred times the polynomial is whole.
  const poly = ([a, b, c, d], x, y) => 100n * a + 10n * b * x + 10n * c * y + d * x * y;
  const value = ([above, below], x, y) => [poly(above, x, y), poly(below, x, y)];
  // (a - c s) / (1 - s)
  const outside = ([a, c], [s, t]) => [t * a[0] * c[1] - s * c[0] * a[1], a[1] * c[1] * (t - s)];

  // A number as the library prints it.
  const grouped = (whole) => String(whole).replace(/\B(?=(\d{3})+$)/g, ",");
  function number(v) {
    if (v >= 1e6 && Number.isInteger(v / 1e5)) return `${grouped(Math.trunc(v / 1e6))}${v % 1e6 ? `.${(v % 1e6) / 1e5}` : ""} million`;
    if (Number.isInteger(v) || v >= 1000) return grouped(Math.round(v));
    if (Number.isInteger(10 * v)) return v.toFixed(1);
    return v.toFixed(v >= 100 ? 0 : v >= 10 ? 1 : v >= 0.1 ? 2 : 3);
  }
  const percent = (v) => `${(100 * v).toFixed(1)} %`;
  const across = (s) => (LEFT + s * (RIGHT - LEFT)).toFixed(1);
  const put = (name, text) => all(`[data-is="${name}"]`).forEach((part) => { part.textContent = text; });
  const when = (name, on) => all(`[data-when="${name}"]`).forEach((part) => { part.hidden = !on; });

  function chosen() {
    const key = [statement.selectedIndex, ...selects.map((one) => one.selectedIndex)];
    // A word that the statement does not use has no part in its key.
    const used = Object.keys(keys).map((text) => text.split(",").map(Number)).filter((one) => one[0] === key[0]);
    selects.forEach((one, n) => { one.parentElement.hidden = used.every((other) => other[n + 1] < 0); });
    const found = used.find((one) => one.every((reading, n) => reading < 0 || reading === key[n]));
    return found && answers[keys[found.join()]];
  }

  function update() {
    const answer = chosen();
    const [x, y] = knobs.length ? knobs.map((one) => BigInt(one.value)) : [10n, 10n];
    const now = [BigInt(share.value), 1000n];
    const [caps, measures] = answer ?? [[], {}];
    const cap = caps.length ? most(caps.map((one) => value(one, x, y))) : null;
    const capped = cap !== null && less(cap, [1n, 1n]);
    const holds = Boolean(answer) && !(cap && less(cap, now));
    const ratio = (name, at) => {
      const pairs = measures[name];
      return pairs && most(pairs.map((pair) => outside(pair.map((one) => value(one, x, y)), at)));
    };
    const told = (name, at) => {
      if (!answer) return "not stated";
      if (!(name in measures)) return "";
      if (cap && less(cap, at)) return "cannot be";
      const found = ratio(name, at);
      return found ? `${number(size(found))} to 1` : "no limit";
    };
    all("output").forEach((part) => {
      const of = byId(part.dataset.of);
      part.textContent = of === share ? percent(of.value / 1000) : number(of.value / 10);
      of.setAttribute("aria-valuetext", part.textContent);
    });
    put("share", percent(share.value / 1000));
    put("cap", cap ? percent(size(cap)) : "");
    when("known", Boolean(answer));
    when("unknown", !answer);
    when("holds", holds);
    when("fails", !holds);
    when("capped", capped);
    when("uncapped", Boolean(answer) && !capped);
    section.dataset.cap = cap ? lowest(cap) : "";
    section.dataset.holds = holds;
    all("[data-measure]").forEach((part, name) => {
      const text = told(name, now);
      part.hidden = !text;
      put(`now-${name}`, text);
      const found = holds && ratio(name, now);
      part.dataset.exact = found ? lowest(found) : "";
    });
    for (const row of all("[data-share]")) {
      [...row.cells].slice(1).forEach((cell, name) => { cell.textContent = told(name, [BigInt(row.dataset.share), 100n]); });
    }
    draw(capped ? cap : [99n, 100n], ratio, answer ? Object.keys(measures) : []);
    byId("beyond").setAttribute("x", capped ? across(size(cap)) : RIGHT);
    byId("beyond").setAttribute("width", capped ? (RIGHT - across(size(cap))).toFixed(1) : 0);
    byId("mark").setAttribute("d", `M${across(share.value / 1000)} ${FOOT}V${TOP}`);
  }

  function draw([n, d], ratio, names) {
    const starts = names.map((name) => ratio(name, [0n, 1n])).filter(Boolean).map(size);
    const top = Math.max(1, ...starts);
    const up = (v) => (FOOT - (Math.min(v, top) / top) * (FOOT - TOP)).toFixed(1);
    for (const curve of all("[data-curve]")) {
      const points = [];
      if (names.includes(curve.dataset.curve) && ratio(curve.dataset.curve, [0n, 1n])) {
        for (let k = 0n; k <= STEPS; k++) {
          const at = [n * k, d * STEPS];
          points.push(`${across(size(at))},${up(size(ratio(curve.dataset.curve, at)))}`);
        }
      }
      curve.setAttribute("points", points.join(" "));
    }
    byId("level").setAttribute("d", `M${LEFT} ${up(1)}H${RIGHT}`);
    byId("top").textContent = `${number(top)} to 1`;
    byId("one").setAttribute("y", up(1) - 5);
  }

  section.addEventListener("input", update);
  byId("controls").hidden = false;
  update();
}
