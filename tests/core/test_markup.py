"""What a theme's template may write: what lays text out, and nothing that a browser would run."""

from pathlib import Path

import pytest
from jinja2 import TemplateSyntaxError

from nianbao.markup import refuse_code
from nianbao.sandbox import Sandbox
from tests_shared import Run, replace

THEMES = Path(__file__).parents[2] / "themes"


@pytest.mark.parametrize("file", sorted(THEMES.rglob("*.html")), ids=lambda file: f"{file.parts[-3]}-{file.stem}")
def test_the_templates_that_ship_are_allowed(file: Path) -> None:
    refuse_code(Sandbox(), file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "template",
    [
        '<p class="a {{ x }}" id="b">1 > 0 &lt; 2</p>',
        '<th{% if x %} colspan="{{ x }}"{% endif %} scope="{{ y }}">{{ z }}</th>',
        '<col style="width:{{ x }}%"><br/><hr />',
        '<div role="region" tabindex="0" aria-label="{{ x }}" data-custom-style="Note">{# <script> #}</div>',
        '<figure><img src="{{ x }}" alt="{{ y }}"><img src="charts/a.svg" alt=""></figure>',
        '<a href="https://www.example.cn/{{ x }}">a</a><a href="#b">b</a><a href="./c.docx">c</a>',
        '<p style="color: #c00; margin: 0 auto">x</p>',
        "{% if x %}<p>{% endif %}\n</p>",
    ],
)
def test_what_lays_text_out_is_allowed(template: str) -> None:
    refuse_code(Sandbox(), template)


@pytest.mark.parametrize(
    "template",
    [
        "<script>alert(1)</script>",
        "<SCRIPT src=//x.example>",
        "<scr{# #}ipt>",
        "<scr{{ '' }}ipt>",
        "<{{ 'script' }}>",
        "<{% if 1 %}script{% endif %}>",
        "{% raw %}{{ {% endraw %}<script>{% raw %}}}{% endraw %}",
        '{{ "}}<script>" }}<script>',
        "<svg onload=alert(1)>",
        '<p onclick="alert(1)">',
        "<p onclick=alert(1)>",
        '<p o{% if 1 %}nclick="alert(1)"{% endif %}>',
        '<p o{{ "n" }}click="alert(1)">',
        '<p {{ x }}="y">',
        "<p {{ x }}>",
        '<p title="{% if x %}"{% endif %} class=" onclick=alert(1) x=">',
        '<p title="a"onclick="alert(1)">',
        "<p title='{{ x }}' >",
        "<p class={{ x }}>",
        '<a href="javascript:alert(1)">',
        '<a href=" javascript:alert(1)">',
        '<a href="{{ x }}">',
        '<a href="java{{ x }}script:alert(1)">',
        '<img src="http://x.example/spy.gif">',
        '<img src="x" onerror="alert(1)">',
        '<iframe src="charts/a"></iframe>',
        "<style>p{}</style>",
        '<link href="/x.css">',
        '<meta class="x">',
        '<base href="/">',
        '<form class="x">',
        '<p style="background: url(http://x.example)">',
        '<p style="background: u\\72l(http://x.example)">',
        '<p style="background: {{ x }}">',
        "<!-- x -->",
        "<p",
        "<",
        "a < b",
        '<p title="<script>">',
        "<p/onclick=alert(1)>",
    ],
)
def test_what_a_browser_could_run_or_fetch_is_refused(template: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        refuse_code(Sandbox(), template)


def test_a_template_with_a_script_is_told_with_its_line(workspace: Path, run: Run) -> None:
    home = workspace / "themes" / "mine"
    (home / "templates").mkdir(parents=True)
    (home / "theme.yaml").write_text("extends: national\n", encoding="utf-8")
    (home / "templates" / "overview.html").write_text(
        "<section>\n{% for p in section.lead %}\n<p>{{ p }}</p>\n{% endfor %}\n\n<p onclick=\"x()\">{{ section.heading }}</p></section>",
        encoding="utf-8",
    )  # fmt: skip
    replace(workspace / "jurisdictions" / "luhe.yaml", "theme: national", "theme: ./themes/mine")
    refused = run("build", "luhe", "-F", "html")
    assert refused.exit_code == 2
    assert "themes/mine/templates/overview.html:6" in refused.stderr
    assert "“onclick” is not allowed in <p onclick" in refused.stderr
    assert not (workspace / "build").exists()
