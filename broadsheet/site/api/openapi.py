"""The OpenAPI 3.1 document, read off the shapes and parameters that the answers are made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from broadsheet import __version__
from broadsheet.looks import site_name
from broadsheet.site.api import shapes, views
from broadsheet.site.api.answers import Answer, endpoint
from broadsheet.site.api.asking import Parameter
from broadsheet.site.api.schema import reference, schemas_of

ABOUT = (
    "What this site knows, for machines: read-only, for everybody. Every word of an article is told only as far as its "
    "publisher's rights allow; `mode` says how far that is. Follow `next` for more; never build a cursor."
)


@dataclass(frozen=True, slots=True)
class Operation:
    """One address. shape: of its answer. place: the parameter in its path, if any, with its schema."""

    path: str
    summary: str
    shape: type
    parameters: tuple[Parameter, ...] = ()
    place: tuple[str, Mapping[str, Any]] | None = None

    @property
    def name(self) -> str:
        return self.shape.__name__[0].lower() + self.shape.__name__[1:]


_NUMBER = {"type": "integer", "minimum": 1}
OPERATIONS = (
    Operation("/stories", "Stories, newest change first", shapes.StoryList, views.STORIES),
    Operation("/stories/{id}", "One story with its reports", shapes.StoryFull, place=("id", _NUMBER)),
    Operation("/articles", "Articles, newest first", shapes.ArticleList, views.ARTICLES),
    Operation("/articles/{id}", "One article", shapes.ArticleFull, place=("id", _NUMBER)),
    Operation("/quotations", "Who said what, by article, newest first", shapes.QuotationList, views.QUOTATIONS),
    Operation("/sources", "All newsrooms", shapes.SourceList),
    Operation("/sources/{slug}", "One newsroom", shapes.SourceFull, place=("slug", {"type": "string"})),
    Operation("/search", "Articles that match, best first", shapes.SearchList, views.SEARCH),
)


@endpoint
def openapi(_request: Any) -> Answer:
    return Answer(document(), frozenset({"api"}), "application/vnd.oai.openapi+json;version=3.1")


def document() -> dict[str, Any]:
    """The whole document, as JSON values."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{site_name()}: API",
            "version": __version__,
            "summary": "Stories, articles, quotations, sources and search",
            "description": ABOUT,
        },
        "servers": [{"url": f"{settings.SITE_URL}{views.ROOT}"}],
        "security": [{}, {"key": []}],
        "paths": {operation.path: {"get": _operation(operation)} for operation in OPERATIONS},
        "components": {
            "schemas": schemas_of([*(operation.shape for operation in OPERATIONS), shapes.Problem]),
            "responses": {"Problem": _content("What went wrong, in a sentence.", shapes.Problem, problem=True)},
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "Optional: more answers in a minute."}
            },
        },
    }


def _operation(operation: Operation) -> dict[str, Any]:
    problems = {"404": "Problem", "410": "Problem"} if operation.place else {"400": "Problem", "429": "Problem"}
    not_modified = {"304": {"description": "The copy named in If-None-Match is still right."}}
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": _parameters(operation),
        "responses": {
            "200": _content(operation.summary, operation.shape),
            **not_modified,
            **{status: {"$ref": f"#/components/responses/{name}"} for status, name in problems.items()},
        },
    }


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if operation.place:
        name, schema = operation.place
        found.append({"name": name, "in": "path", "required": True, "schema": dict(schema)})
    found += [
        {
            "name": parameter.name,
            "in": "query",
            "required": parameter.is_required,
            "description": parameter.help,
            "schema": _parameter_schema(parameter),
        }
        for parameter in operation.parameters
    ]
    return found


def _parameter_schema(parameter: Parameter) -> dict[str, Any]:
    if parameter.is_number:
        return {"type": "integer", "minimum": 1}
    return {"type": "string", **({"enum": list(parameter.choices)} if parameter.choices else {})}


def _content(description: str, shape: type, *, problem: bool = False) -> dict[str, Any]:
    kind = "application/problem+json" if problem else "application/json"
    return {"description": description, "content": {kind: {"schema": reference(shape)}}}
