"""The command line as a user and a shell script meet it."""

import csv
import io
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import types
import unicodedata
from pathlib import Path

import jsonschema
import pytest

from bakhmut import __version__
from bakhmut.__main__ import main
from bakhmut.dossier.claims import DATA, new_dossier, write_dossier
from bakhmut.dossier.tables import TABLES
from bakhmut.findings.summary import schema
from bakhmut.report.chapters.kernels import Kernels, ReportError

HEADER = "claim,quote,source,published,side,measure,place,period,hedge,low,high\n"
SCOPE = "2023-03-06,Russia,killed,Bakhmut,2022-08-01/2023-03-06"
SOURCES = "source,side,kind,named\none office,,research,yes\nanother office,,research,yes\n"


def story(folder, *rows, header=HEADER, sources=SOURCES):
    """A folder with a claims.csv of these rows and its own sources."""
    folder.mkdir(exist_ok=True)
    (folder / "claims.csv").write_text(header + "".join(f"{row}\n" for row in rows))
    (folder / "sources.csv").write_text(sources)
    return str(folder)


@pytest.fixture
def clean(tmp_path):
    return story(tmp_path / "clean", f"a,a hundred,one office,{SCOPE},,100,100")


@pytest.fixture
def contradiction(tmp_path):
    rows = (
        f"a,a hundred,one office,{SCOPE},,100,100",
        f"b,two hundred,one office,{SCOPE},,200,200",
    )
    return story(tmp_path / "contradiction", *rows)


@pytest.fixture(scope="module")
def article_json():
    return json.loads(run("check", "--format", "json").stdout)


def run(*arguments, **settings):
    """A command line run as a process of its own."""
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", **settings.pop("env", {})}
    command = [sys.executable, "-m", "bakhmut", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=env, timeout=120, **settings)


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


# check


def test_a_consistent_dossier_ends_with_0(clean, capsys):
    assert main(["check", clean]) == 0
    out = capsys.readouterr().out
    # One figure alone is compared with nothing.
    assert out.startswith("These figures cannot be compared.\n")
    assert "Not checked: whether any figure is right." in out


def test_a_contradiction_ends_with_1(contradiction, capsys):
    assert main(["check", contradiction]) == 1
    assert capsys.readouterr().out.startswith("No, not as they stand.\n")


def test_a_conflict_in_some_readings_ends_with_0(capsys):
    assert main(["check"]) == 0
    assert "(Depends on the wording: 3; " in capsys.readouterr().out


def test_all_of_it_is_status_then_conflicts_with_proofs_then_flags(contradiction, capsys):
    main(["check", contradiction, "--full"])
    out = capsys.readouterr().out
    marks = ["STATUS", "CONFLICTS", "conflict 1 of 1", "proof", "FLAGS", "BOUNDS"]
    places = [out.find(mark) for mark in marks if mark in out]
    assert places == sorted(places) and len(places) >= 5
    assert "“a hundred”" in out


def test_all_of_the_article_fits_80_columns(capsys):
    main(["check", "--full"])
    lines = capsys.readouterr().out.splitlines()
    assert max(map(width, lines)) <= 80
    severities = [word for line in lines for word in ("serious", "caution", "note")
                  if line.startswith(("  !! " + word, "  !  " + word, "     " + word))]  # fmt: skip
    assert severities == sorted(severities, key=["serious", "caution", "note"].index)
    assert len(severities) > 10


def test_long_words_and_wide_letters_stay_within_80_columns(tmp_path, capsys):
    row = f'"{"x" * 60}{"漢字" * 300}",one office,{SCOPE},,100,100'
    folder = story(tmp_path / "long", "a," + row, "b," + row.replace("100,100", "200,200"))
    main(["check", folder])
    assert max(map(width, capsys.readouterr().out.splitlines())) <= 80


def test_json_has_exactly_the_fixed_keys_of_the_shipped_schema(article_json):
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(article_json, schema())
    keys = ["dossier", "status", "readings", "conflicts", "flags", "bounds", "undecided"]
    assert list(article_json) == [*keys, "brief", "alone", "notes", "gives"]
    assert list(article_json["conflicts"][0]) == [
        *("status", "claims", "assumptions", "origins", "readings", "margin", "threshold", "proof")
    ]
    assert list(article_json["flags"][0]) == ["flag", "severity", "claims", "because"]
    assert article_json["dossier"]["claims"] == 8
    assert article_json["dossier"]["name"] == "article"


def test_the_schema_refuses_another_key_and_another_word(article_json):
    for change in ({"extra": 1}, {"status": "true"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(article_json | change, schema())


def test_json_and_exit_code_serve_a_shell_script(contradiction):
    done = run("check", contradiction, "--format", "json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["status"]) == (1, "contradiction")
    (conflict,) = told["conflicts"]
    assert conflict["claims"] == ["a", "b"]
    assert conflict["threshold"] is None
    # 100 and 200 meet where 100 (1 + e) = 200 (1 - e): e = 1/3.
    assert conflict["margin"] == pytest.approx(1 / 3)
    assert done.stderr == ""


def test_an_assumption_shows_its_threshold(article_json):
    told = [c for c in article_json["conflicts"] if c["assumptions"]]
    assert all(c["threshold"]["assumption"] in c["assumptions"] for c in told)


def test_a_what_if_is_put_in_force_by_name(capsys):
    assert main(["check", "--assume", "bakhmut-ratio-war-wide", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert any("bakhmut-ratio-war-wide" in c["assumptions"] for c in told["conflicts"])


def test_an_unknown_assumption_lists_the_names(capsys):
    assert main(["check", "--assume", "nope"]) == 2
    err = capsys.readouterr().err
    assert "'nope'" in err and "bakhmut-ratio-war-wide" in err


def test_csv_cannot_be_taken_for_formulas(tmp_path, capsys):
    quotes = {"a": "=HYPERLINK(1)", "b": "@SUM(1)", "c": "\t=1+1", "d": "-2+3"}
    rows = [
        f'{name},"{quote}",one office,{SCOPE},,{at}00,{at}00'
        for at, (name, quote) in enumerate(quotes.items(), 1)
    ]
    sources = SOURCES.replace("one office,,", "=cmd,,")
    rows = [row.replace("one office", "=cmd") for row in rows]
    main(["check", story(tmp_path / "formula", *rows, sources=sources), "--format", "csv"])
    table = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert table[0] == [
        *("part", "name", "status", "claims", "assumptions", "origins", "margin"),
        *("low", "high", "text"),
    ]
    for row in table:
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell
    assert {len(row) for row in table} == {10}
    assert {"status", "conflict"} <= {row[0] for row in table}


# Several texts


@pytest.fixture
def two_texts(tmp_path):
    header = "article," + HEADER
    rows = (
        f"one,a,a hundred,one office,{SCOPE},,100,100",
        f"two,b,two hundred,another office,{SCOPE},,200,200",
    )
    return story(tmp_path / "texts", *rows, header=header)


def test_several_texts_are_checked_one_by_one(two_texts, capsys):
    assert main(["check", two_texts, "--full"]) == 0
    out = capsys.readouterr().out
    assert "2 texts, each checked by itself" in out
    assert "\n  one: " in out and "\n  two: " in out


def test_of_several_texts_those_at_odds_are_shown_in_full_and_the_others_a_line_each(
    tmp_path, capsys
):
    rows = (
        f"calm,c,nine,one office,{SCOPE},,9,9",
        f"calm,d,at least eight,another office,{SCOPE},at least,8,",
        f"torn,a,a hundred,one office,{SCOPE},,100,100",
        f"torn,b,two hundred,one office,{SCOPE},,200,200",
    )
    folder = story(tmp_path / "both", *rows, header="article," + HEADER)
    assert main(["check", folder, "--full"]) == 1
    first, torn, calm = capsys.readouterr().out.split("=" * 80)
    assert "torn: Cannot all be true" in first and "calm" not in first
    assert "(1) a, “a hundred” (one office)" in torn
    assert "1 text. " in calm and "\n  calm: " in calm and "BOUNDS" not in calm


def test_together_they_disagree_and_it_is_called_so(two_texts, capsys):
    assert main(["check", two_texts, "--together", "--full"]) == 1
    assert "2 origins disagree" in " ".join(capsys.readouterr().out.split())


def test_several_texts_share_one_object_with_the_fixed_keys(two_texts, capsys):
    main(["check", two_texts, "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    jsonschema.validate(told, schema())
    assert told["dossier"]["claims"] == 2
    # One figure a text: nothing is compared.
    assert told["status"] == "not-checkable"
    assert {bound["quantity"].split(":")[0] for bound in told["bounds"]} == {"one", "two"}


def test_the_worst_text_stands_for_the_whole(tmp_path, capsys):
    rows = (
        f"one,a,a hundred,one office,{SCOPE},,100,100",
        f"one,b,two hundred,one office,{SCOPE},,200,200",
        f"two,c,nine,one office,{SCOPE},,9,9",
    )
    folder = story(tmp_path / "worst", *rows, header="article," + HEADER)
    assert main(["check", folder, "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["status"] == "contradiction"
    assert [c["claims"] for c in told["conflicts"]] == [["a", "b"]]


def test_a_restatement_from_another_text_keeps_its_voice(tmp_path, capsys):
    header = "article,repeats," + HEADER
    sources = SOURCES + "an official,,government,no\n"
    rows = (
        f"one,,a,a hundred,an official,{SCOPE},,100,100",
        f"two,a,b,a hundred,another office,{SCOPE},,100,100",
    )
    folder = story(tmp_path / "voice", *rows, header=header, sources=sources)
    main(["check", folder, "--format", "json"])
    flags = json.loads(capsys.readouterr().out)["flags"]
    unnamed = [flag["claims"] for flag in flags if flag["flag"] == "unnamed-source"]
    assert unnamed == [["a"], ["b"]]


# Unusable input


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "no-such-folder"], "no-such-folder"),
        (["diff", "no-such-folder", "nor-this"], "no-such-folder"),
        (["verify", "no-such-text"], "no-such-text: cannot be read"),
        (["check", "--format", "xml"], "'xml' is not one of"),
        (["frobnicate"], "No such command"),
        (["check", "a", "b"], "unexpected extra argument"),
        (["check", "--set", "nonsense"], "--set"),
        (["check", "--as-of", "2023-03-07", "--as-of", "2023-03-08"], "--as-of: give one day"),
    ],
)
def test_unusable_input_ends_with_2_and_a_line_on_stderr(arguments, words, capsys):
    if "--set" in arguments:
        pytest.importorskip("bakhmut.dossier.changed.updates")
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert words in captured.err
    assert "Traceback" not in captured.err


def test_each_bad_cell_is_named_on_a_line_of_its_own(tmp_path, capsys):
    rows = (
        f"a,x,one office,{SCOPE},,5.5.5,100",
        f"b,y,one office,{SCOPE.replace('2023-03-06,', 'Tuesday,', 1)},,100,100",
    )
    assert main(["check", story(tmp_path / "bad", *rows)]) == 2
    *lines, last = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert "claims.csv, row 2, column low: '5.5.5'" in lines[0]
    assert "claims.csv, row 3, column published: 'Tuesday'" in lines[1]
    said, _, page = last.partition(": ")
    assert said == "How to code it, with worked rows"
    assert Path(page).read_text("utf-8").startswith("# How to code it: six recipes")


def test_a_new_dossier_names_the_page_of_recipes_and_a_fault_of_no_cell_does_not(tmp_path, capsys):
    for name in ("mine", "mine.xlsx"):
        assert main(["new", str(tmp_path / name)]) == 0
        assert f"  {DATA / 'recipes.md'}\n" in capsys.readouterr().out
    assert main(["check", str(tmp_path / "nowhere")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_fault_of_ours_is_one_line_without_a_traceback(clean, capsys, monkeypatch):
    def fail(*_, **__):
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("bakhmut.findings.summary.examine", fail)
    assert main(["check", clean]) == 2
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1 and "ZeroDivisionError" in err
    monkeypatch.setenv("BAKHMUT_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main(["check", clean])


def test_control_c_ends_quietly(clean, capsys, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("bakhmut.findings.summary.examine", stop)
    assert main(["check", clean]) == 130
    assert capsys.readouterr().err.strip() == "stopped"


def test_a_closed_pipe_is_no_error():
    reader, writer = os.pipe()
    os.close(reader)
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "bakhmut", "check"]
    with os.fdopen(writer, "wb") as out:
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, env=env, timeout=120)
    assert done.stderr == b""
    assert done.returncode == 0


# Hostile text


def test_control_and_direction_marks_never_reach_the_terminal(tmp_path, capsys):
    hostile = "evil\u202etxt\u2066\x1b[31mred\x07\u200fmark"
    rows = (
        f'a,"{hostile}",one office,{SCOPE},,100,100',
        f'b,"{hostile} too",one office,{SCOPE},,200,200',
    )
    folder = story(tmp_path / "hostile", *rows)
    for kind in ("table", "json", "csv"):
        main(["check", folder, "--format", kind])
        out = capsys.readouterr().out
        assert "evil" in out
        for mark in "\u202e\u2066\x1b\x07\u200f":
            assert mark not in out, (kind, mark)
    main(["check", str(tmp_path / hostile.replace("/", ""))])
    assert "\x1b" not in capsys.readouterr().err


def test_json_gives_hostile_text_back_unchanged(tmp_path, capsys):
    hostile = "evil\u202etxt\x1b"
    rows = (f'a,"{hostile}",one office,{SCOPE},,100,100', f"b,x,one office,{SCOPE},,200,200")
    main(["check", story(tmp_path / "hostile", *rows), "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    assert any(hostile in line for line in told["conflicts"][0]["proof"])


# Colour


def colours_on_a_terminal(*arguments, **env):
    """What a command writes to a pseudo-terminal."""
    main_end, other_end = pty.openpty()
    command = [sys.executable, "-m", "bakhmut", *arguments]
    settings = {**os.environ, "PYTHONIOENCODING": "utf-8", "TERM": "xterm", **env}
    process = subprocess.Popen(command, stdout=other_end, stderr=other_end, env=settings)
    os.close(other_end)
    shown = b""
    while True:
        try:
            piece = os.read(main_end, 65536)
        except OSError:  # how Linux says that the other end is closed
            break
        if not piece:
            break
        shown += piece
    process.wait(timeout=120)
    os.close(main_end)
    return b"\x1b[" in shown


def test_colour_comes_on_a_terminal_only(contradiction, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert colours_on_a_terminal("check", contradiction)
    assert "\x1b[" not in run("check", contradiction).stdout


def test_no_color_is_respected(contradiction):
    assert not colours_on_a_terminal("check", contradiction, NO_COLOR="1")


def test_a_terminal_without_unicode_gets_text_all_the_same(contradiction):
    done = run("check", contradiction, env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 1
    assert done.stdout.startswith("No, not as they stand.")
    done = run("check", contradiction, "--format", "json", env={"PYTHONIOENCODING": "ascii"})
    assert "“two hundred”" in " ".join(json.loads(done.stdout)["conflicts"][0]["proof"])


# Help


@pytest.mark.parametrize("verb", ["report", "check", "diff", "verify", "draft", "new"])
def test_help_teaches_by_example(verb, capsys):
    assert main([verb, "--help"]) == 0
    out = capsys.readouterr().out
    assert "Example" in out and f"bakhmut {verb}" in out
    assert max(map(len, out.splitlines())) <= 80
    assert main([verb, "-h"]) == 0
    assert capsys.readouterr().out == out


def test_no_verb_shows_the_help_and_version_is_from_one_place(capsys):
    assert main([]) == 0
    assert "Examples" in capsys.readouterr().out
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.strip() == f"bakhmut, version {__version__}"


def test_help_loads_no_engine_and_no_drawing():
    code = (
        "import sys; from bakhmut.__main__ import main; main(['check', '--help']);"
        "heavy = ('matplotlib', 'nbformat', 'jinja2', 'bakhmut.findings.flags');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "[]"


def test_nothing_is_loaded_before_the_command_line_can_be_stopped():
    # Ctrl-C while a library is loaded before `main` would end in a traceback.
    code = (
        "import sys; before = set(sys.modules); import bakhmut.__main__;"
        "print(sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout == "['bakhmut', 'bakhmut.__main__']\n"


def test_no_grammar_of_addresses_is_compiled_for_a_report():
    # nbformat loads jsonschema, which would take longer to do so than all else to load.
    code = (
        "import sys; sys.argv[1:] = ['--version']; from bakhmut.__main__ import main; main();"
        "import nbformat; print('lark' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "False"


def test_a_command_ends_without_what_is_loaded_taken_apart():
    # What libraries set up, in circles of references, would take a sixth of a check to take apart.
    code = (
        "import sys, weakref; sys.argv[1:] = ['check']; from bakhmut.__main__ import main; main();"
        "circle = type('Circle', (), {'__del__': lambda _: print('taken apart')})();"
        "loaded = sys.modules['pandas']; loaded.circle, circle.own = circle, circle;"
        "weakref.finalize(circle, print, 'what is to be done at the end')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "what is to be done at the end"


# While a class is made, Python 3.11 makes a RuntimeError of it.
@pytest.mark.parametrize("raised", ["KeyboardInterrupt", "RuntimeError from KeyboardInterrupt()"])
def test_an_interrupt_while_the_verbs_are_loaded_is_one_line(raised):
    code = (
        "import sys\n"
        "class Interrupt:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name == 'bakhmut.cli.pictures': raise {raised}\n"
        "sys.meta_path.insert(0, Interrupt())\n"
        "from bakhmut.__main__ import main\n"
        "sys.exit(main(['check']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "stopped\n")


def test_ctrl_c_where_python_cannot_raise_it_stops_all_the_same():
    # It comes in a callback; and what a library left to do at the end fails without its object.
    code = """if True:
        import atexit, sys, time, weakref
        import bakhmut.__main__ as start

        class Thing: ...

        def interrupted(_): raise KeyboardInterrupt

        def left(): raise AssertionError

        def run(_):
            atexit.register(left)
            thing = Thing()
            kept = weakref.ref(thing, interrupted)
            del thing
            time.sleep(20)

        start._run = run
        sys.exit(start.main())
    """
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=15, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "stopped\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_how_to_complete(shell):
    if shell == "bash" and not shutil.which("bash"):
        pytest.skip("completion in bash asks bash for its version")
    script = run(env={"_BAKHMUT_COMPLETE": f"{shell}_source"}).stdout
    assert "_BAKHMUT_COMPLETE" in script
    words = {"COMP_WORDS": "bakhmut che", "COMP_CWORD": "1" if shell != "fish" else "che"}
    told = run(env=words | {"_BAKHMUT_COMPLETE": f"{shell}_complete"}).stdout
    assert "check" in told


# new, verify, diff, report


def test_new_makes_a_dossier_that_can_be_checked_and_says_what_next(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["new", "my-story"]) == 0
    assert "bakhmut check my-story" in capsys.readouterr().out
    assert Path("my-story/claims.csv").exists()
    assert main(["new", "my-story"]) == 2
    assert "my-story" in capsys.readouterr().err


@pytest.mark.parametrize("into", ["my-story", "."])
def test_new_fills_an_empty_folder_and_no_other(into, tmp_path, capsys, monkeypatch):
    (tmp_path / "my-story").mkdir()
    monkeypatch.chdir(tmp_path / "my-story" if into == "." else tmp_path)
    folder = Path(into)
    if into == "my-story":  # a killed run had moved this much
        (folder / "terms.csv").write_bytes((DATA / "article" / "terms.csv").read_bytes())
    assert main(["new", into]) == 0
    assert {path.name for path in folder.iterdir()} >= {"claims.csv", "terms.csv"}
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]
    (folder / "claims.csv").unlink()
    (folder / "terms.csv").write_text("mine")
    before = sorted(folder.iterdir())
    assert main(["new", into]) == 2
    assert "is not a new or empty folder" in capsys.readouterr().err
    assert sorted(folder.iterdir()) == before


def test_new_can_make_empty_tables_with_a_title_of_their_own(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["new", "strike", "--empty"]) == 0
    assert "datapackage.json the report's title" in capsys.readouterr().out
    assert json.loads(Path("strike/datapackage.json").read_text("utf-8"))["title"] == "strike"
    assert main(["check", "strike"]) == 2
    assert "claims.csv: has no rows" in capsys.readouterr().err
    Path("strike/claims.csv").write_text("claim,measure,low,high\na,hurt,7,7\n")
    assert main(["check", "strike"]) == 0
    # Nothing of the article is left in it: no word, no assumption.
    others = (Path(f"strike/{table}.csv") for table in TABLES if table != "claims")
    assert all(len(path.read_text().splitlines()) == 1 for path in others)


def test_check_names_newer_figures_first(clean, capsys):
    assert main(["check", "--set", "russia-total=154,830", "--as-of", "2023-03-07"]) == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        "NEWER FIGURES", "  russia-total, figure: 154,830 in place of 153,770",
    ]  # fmt: skip


def test_check_says_which_figures_were_compared_with_none(tmp_path, capsys):
    rows = [f"{name},ten fell,one office,{SCOPE},,10,10" for name in ("a", "b")]
    ill = f"c,nine ill,one office,{SCOPE.replace('killed', 'ill')},,9,9"
    made = story(tmp_path / "s", *rows, ill)
    assert main(["check", str(made), "--full"]) == 0
    assert "Compared with no other figure: c" in " ".join(capsys.readouterr().out.split())


def test_all_of_it_and_the_first_screen_name_the_same_figures_that_were_not_compared(
    tmp_path, capsys
):
    text = tmp_path / "dam.txt"
    text.write_text(
        "At least 89 people died when a dam burst in Norra on Friday, up from 63. The mayor "
        "denied that 40 had drowned. Police arrested 12."
    )
    for more in ([], ["--full"]):
        main(["check", str(text), *more])
        said = " ".join(capsys.readouterr().out.split())
        told = re.search(r"Compared with no other figure: (.*?)(?: \(|\.)", said)
        # 63 was corrected and 40 is denied: that is said of each of them
        assert told and [n for n in ("89", "63", "40", "12") if n in told[1]] == ["89", "12"]


def test_verify_finds_each_quote_or_says_what_comes_nearest(tmp_path, clean, capsys):
    text = tmp_path / "text.txt"
    text.write_text("They said a hundred of them.")
    assert main(["verify", str(text), clean]) == 0
    assert "1 of 1 quote found word for word" in capsys.readouterr().out
    text.write_text("They said a Hundred of them.")
    assert main(["verify", str(text), clean]) == 1
    out = capsys.readouterr().out
    assert "✗ a: “a hundred”" in out and "nearest: “a Hundred”" in out


def test_verify_reads_a_pipe_and_refuses_what_is_no_text(tmp_path, clean):
    assert run("verify", "-", clean, input="a hundred").returncode == 0
    # The smallest picture there is. Text of western Windows is read, too, so that a byte which
    # is none of UTF-8 alone does not make a file no text.
    picture = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x00;"
    (tmp_path / "picture").write_bytes(picture)
    done = run("verify", str(tmp_path / "picture"), clean)
    assert done.returncode == 2 and "is not UTF-8" in done.stderr


def test_diff_shows_what_moved_in_table_json_and_csv(tmp_path, clean, capsys):
    new = story(tmp_path / "new", f"a,a hundred,one office,{SCOPE},,120,120")
    assert main(["diff", clean, new]) == 0
    out = capsys.readouterr().out
    assert "SILENT CHANGES" in out and "was 100" in out and "now 120" in out
    assert max(map(len, out.splitlines())) <= 80
    main(["diff", clean, new, "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["old", "new", "changes"]
    assert told["changes"][0]["kind"] == "silent"
    main(["diff", clean, new, "--format", "csv"])
    assert capsys.readouterr().out.startswith("kind,what,before,after,because\nsilent,a,100,120,")
    main(["diff", clean, clean])
    assert "nothing moved" in capsys.readouterr().out


def test_report_passes_everything_on(tmp_path, clean, capsys, monkeypatch):
    asked = {}

    def write_report(dossier, target, **settings):
        asked.update(settings, dossier=dossier, target=str(target))
        return Path(target)

    fake = types.ModuleType("bakhmut.report.make")
    fake.write_report = write_report
    monkeypatch.setitem(sys.modules, "bakhmut.report.make", fake)
    arguments = ["report", clean, "-o", "out.html", "--against", clean, "--assume", "x"]
    arguments += ["--set", "a=120", "--as-of", "2023-03-07"]
    assert main([*arguments, "--series", "days.json", "--day", "2023-03-05"]) == 0
    assert capsys.readouterr().out.strip() == "out.html"
    assert isinstance(asked.pop("source"), Kernels)
    assert asked.pop("dossier").folder == Path(clean)
    assert asked == {
        "target": "out.html",
        "against": clean,
        "assume": ("x",),
        "updates": ("a=120",),
        "as_of": "2023-03-07",
        "series": "days.json",
        "days": ("2023-03-05",),
        "together": False,
        "text": None,
        "seconds": 60,
    }
    assert main(["report", clean]) == 0
    assert asked["target"] == "clean.html"


def test_a_report_that_cannot_be_made_is_one_line(clean, capsys, monkeypatch):
    def write_report(*_, **__):
        raise ReportError("the disk is full")

    fake = types.ModuleType("bakhmut.report.make")
    fake.write_report = write_report
    monkeypatch.setitem(sys.modules, "bakhmut.report.make", fake)
    assert main(["report", clean]) == 2
    assert capsys.readouterr().err == "the disk is full\n"


def test_a_newer_figure_is_checked_without_editing_a_file(contradiction, capsys):
    pytest.importorskip("bakhmut.dossier.changed.updates")
    assert main(["check", contradiction, "--set", "b=100"]) == 0
    assert capsys.readouterr().out.splitlines()[:4] == [
        "NEWER FIGURES", "  b, figure: 100 in place of 200", "", "Yes, print them together.",
    ]  # fmt: skip


def test_a_written_dossier_reads_as_the_one_that_new_makes(tmp_path, capsys):
    from bakhmut.dossier.claims import read_dossier

    new_dossier(tmp_path / "copy")
    write_dossier(read_dossier(), tmp_path / "written")
    assert main(["diff", str(tmp_path / "copy"), str(tmp_path / "written")]) == 0
    assert "nothing moved" in capsys.readouterr().out
