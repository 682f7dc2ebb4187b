"""Templates that speak: words are translated when a template is compiled, once for each language, and not when printed.

A page has some fifty words of its own around what it shows; looking each up, for every page, took a fifth of its time.
Only plurals, whose words hang on a number, are still looked up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

import markupsafe
from django.utils import translation
from jinja2 import Environment, Template, TemplateNotFound, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension, InternationalizationExtension
from markupsafe import Markup, escape

_PLACE = re.compile(r"%\((\w+)\)s|%(%)")


_escape: Callable[[str], str] = vars(markupsafe)["_escape_inner"]
"""The part of `markupsafe.escape` that is written in C."""


def printed(value: object) -> str:
    """What `markupsafe.escape` makes of a value, as plain text: what is printed is joined, and nobody asks it again.

    A page prints hundreds of values, and to make a `Markup` of each takes four times as long as to escape it.
    """
    if type(value) is str:
        return _escape(value)
    return value if type(value) is Markup else escape(value)


class Printing(CodeGenerator):
    """Jinja2's compiler, which calls `printed` where a template prints a value and escapes it.

    It leans on `_output_child_pre`; without it values would be escaped as before.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.printed(")


class Speaking(Environment):
    """An environment whose templates are those of the language that is spoken when they are asked for."""

    code_generator_class = Printing
    printed = staticmethod(printed)
    language = ""
    tongue: Callable[[str], Mapping[str, Any]] = staticmethod(lambda _language: {})
    """What templates of a language call by the same names as those of others."""

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  # Jinja2's own name
    ) -> Template:
        spoken = self if self.language else self.speaking(translation.get_language() or "en")
        return super(Speaking, spoken).get_template(name, parent, globals)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A plain dictionary: every page copies it, which takes a chain of two three times as long."""
        return {**self.globals, **(d or {})}

    def speaking(self, language: str) -> Speaking:
        """This environment in one language, with templates of its own."""
        found: dict[str, Speaking] = self.__dict__.setdefault("_spoken", {})
        if language not in found:
            made = self.overlay()
            made.language = language
            made.globals = {**self.globals, **self.tongue(language)}
            found[language] = made
        return found[language]


class Whole(Extension):
    """Puts what a template includes by name in the place of the tag, when it is compiled.

    A page includes a dozen parts, and for each of them a context would be made anew.
    What has blocks of its own stays apart, for a template that extends the page could take them for the page's. While
    templates are being written (`auto_reload`) all stay apart, to be read anew when they change.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002  # Jinja2's
        environment = self.environment
        if environment.auto_reload or environment.loader is None:
            return source
        return _INCLUDED.sub(self._text, source)

    def _text(self, tag: re.Match[str]) -> str:
        assert self.environment.loader is not None  # looked at above
        try:
            text = self.environment.loader.get_source(self.environment, tag[1])[0]
        except TemplateNotFound:
            return tag[0]  # to be missed where it is wanted
        # The empty value keeps a line break that follows from being trimmed with a tag at the end of the text.
        return tag[0] if "{% block" in text else _INCLUDED.sub(self._text, text.removesuffix("\n")) + '{{ "" }}'


_INCLUDED = re.compile(r'(?:^[ \t]*)?{% include "([^"]+)" %}\n?', re.MULTILINE)


class Words(InternationalizationExtension):
    """Jinja2's `trans`, with words in place of the call that would look them up.

    It leans on `_make_node`, which Jinja2 calls for each `trans`; without it words would be looked up as before.
    """

    def _make_node(
        self,
        singular: str,
        plural: str | None,
        context: str | None,
        variables: dict[str, nodes.Expr],
        plural_expr: nodes.Expr | None,
        vars_referenced: bool,
        num_called_num: bool,
    ) -> nodes.Output:
        if plural_expr is not None:
            return super()._make_node(
                singular, plural, context, variables, plural_expr, vars_referenced, num_called_num
            )
        with translation.override(self.environment.language):  # type: ignore[attr-defined]  # ours
            words = translation.pgettext(context, singular) if context else translation.gettext(singular)
        return nodes.Output(list(_pieces(words, variables)))


def _pieces(words: str, variables: dict[str, nodes.Expr]) -> list[nodes.Expr]:
    """The words as they stand, and in between what the template says of each place. KeyError: it says nothing."""
    pieces: list[nodes.Expr] = []
    end = 0
    for place in _PLACE.finditer(words):
        pieces.append(nodes.TemplateData(words[end : place.start()]))
        pieces.append(nodes.TemplateData("%") if place[2] else variables[place[1]])
        end = place.end()
    return [*pieces, nodes.TemplateData(words[end:])]
