"""`figure`: one picture as a file, with its words inside."""

from xml.etree import ElementTree

import pytest
from PIL import Image

from bakhmut import figures
from bakhmut.__main__ import main
from bakhmut.cli.pictures import FIGURES

SVG = "{http://www.w3.org/2000/svg}"


def test_every_figure_has_a_name():
    names = {name.removeprefix("plot_").replace("_", "-") for name in figures.__all__
             if name.startswith("plot_")}  # fmt: skip
    assert set(FIGURES) == names


@pytest.mark.parametrize("name", list(FIGURES))
def test_a_figure_of_the_article_is_an_svg_that_says_what_it_shows(name, tmp_path, capsys):
    out = tmp_path / f"{name}.svg"
    assert main(["figure", name, "-o", str(out), "--width", "640"]) == 0
    assert capsys.readouterr().out == f"{out}\n"
    root = ElementTree.fromstring(out.read_bytes())
    title, words = root[0], root[1]
    assert (title.tag, words.tag) == (f"{SVG}title", f"{SVG}desc")
    assert title.text and words.text and len(words.text) >= len(title.text)
    assert root.get("width") == "640" and root.get("role") == "img"
    assert float(root.get("height")) > 100


def test_a_png_has_its_width_and_its_words(tmp_path):
    out = tmp_path / "plane.png"
    assert main(["figure", "losses-against-ratios", "-o", str(out), "--width", "800"]) == 0
    with Image.open(out) as picture:
        assert picture.width == 800
        assert "5 to 1 is reported for Bakhmut" in picture.info["Title"]
        assert "153,770" in picture.info["Description"]


def test_the_same_figure_is_the_same_file(tmp_path):
    made = [tmp_path / name for name in ("a.svg", "b.svg", "a.png", "b.png")]
    for out in made:
        main(["figure", "relays", "-o", str(out)])
    svg, again, png, too = (out.read_bytes() for out in made)
    assert svg == again and png == too


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nonsense", "-o", "x.svg"], "'nonsense' is not one of"),
        (["relays", "-o", "x.jpg"], "ends in neither .svg nor .png"),
        (["relays"], "Missing option '-o'"),
        (["relays", "-o", "no/such/folder/x.svg"], "there is no folder"),
        (["relays", "-o", "x.svg", "--width", "0"], "0 is not in the range"),
        (["relays", "no-such-dossier", "-o", "x.svg"], "no-such-dossier"),
    ],
)
def test_what_cannot_be_drawn_is_one_error(arguments, words, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["figure", *arguments]) == 2
    assert words in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_dossier_with_nothing_for_a_figure_says_so_and_writes_nothing(tmp_path, capsys):
    (tmp_path / "claims.csv").write_text("claim,measure,low,high\na,hurt,7,7\n")
    out = tmp_path / "x.svg"
    assert main(["figure", "losses-against-ratios", str(tmp_path), "-o", str(out)]) == 2
    assert "Nothing was written." in capsys.readouterr().err
    assert not out.exists()


def test_words_of_a_dossier_are_text_in_an_svg(tmp_path):
    header = "claim,quote,source,side,measure,place,period,low,high\n"
    hostile = '"<script>x</script>&amp;"'
    (tmp_path / "claims.csv").write_text(
        f"{header}a,nine,{hostile},{hostile},hurt,{hostile},2024,9,9\n"
    )
    out = tmp_path / "x.svg"
    assert main(["figure", "coverage", str(tmp_path), "-o", str(out)]) == 0
    assert not list(ElementTree.fromstring(out.read_bytes()).iter(f"{SVG}script"))
