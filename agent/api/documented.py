"""The local API's own description: what every route answers, told by the shapes of `study.local_api`."""

from collections.abc import Callable, Mapping
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints, is_typeddict

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, ConfigDict, create_model

from study.local_api import ErrorReply

WITHOUT_TOKEN: Mapping[str, Any] = {"security": []}
"""For a route whose address carries its own pass."""

ANY = "*/*"
"""Media have the type that the city gave them."""

_TOKEN = "token"  # noqa: S105  the name of the scheme
_SAID_BY_ALL = {
    400: "不是完整的 HTTP 请求或 JSON",
    401: "凭证缺少或不对",
    408: "请求没有及时发完",
    413: "内容过大",
    421: "不是以本机的名字来访问的",
    500: "本机服务内部出错，已记入日志",
    503: "暂时不能办：磁盘、网络或市平台有问题，稍后再试",
}
_SAID_BY_SOME = {
    403: "市平台不同意",
    404: "没有这一项",
    409: "已经办过了",
    422: "内容不合要求",
    502: "市平台没有给出",
    507: "磁盘已满，未存下",
}

Answers = dict[int | str, dict[str, Any]]


def add_route(
    app: FastAPI, method: str, path: str, done: Callable[..., object], reply: type, *also: int
) -> None:
    """A route that answers with this TypedDict, or refuses with these statuses besides those of all."""
    app.add_api_route(path, done, methods=[method], response_model=None, responses=answers(reply, *also))


def answers(reply: type, *also: int) -> Answers:
    """What a route says: a TypedDict when all is well; the error form with these statuses, and those of all.

    For the description only: replies are sent as they are, since checking each costs more than making it.
    """
    return {200: {"model": _form(reply)}} | errors(*also)


def errors(*also: int) -> Answers:
    """The error form with these statuses, and with those that every route may answer."""
    said = _SAID_BY_ALL | {status: _SAID_BY_SOME[status] for status in also}
    return {status: {"model": _form(ErrorReply), "description": said[status]} for status in sorted(said)}


def files(status: int, *media_types: str) -> Answers:
    """A body that is no JSON, of one of these types."""
    body = {"schema": {"type": "string", "format": "binary"}}
    return {status: {"description": "文件", "content": dict.fromkeys(media_types, body)}}


def describe(app: FastAPI) -> None:
    """Let the application describe itself, with the token that every route asks for unless it says so."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            told = get_openapi(title=app.title, version=app.version, routes=app.routes)
            told["components"]["securitySchemes"] = {_TOKEN: {"type": "http", "scheme": "bearer"}}
            told["security"] = [{_TOKEN: []}]
            app.openapi_schema = told
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]  # FastAPI's own way to change it


@cache
def _form(reply: type) -> type[BaseModel]:
    """pydantic reads no TypedDict of Python 3.11's own."""
    fields: dict[str, Any] = {name: (_kind(kind), ...) for name, kind in get_type_hints(reply).items()}
    strict = ConfigDict(extra="forbid")
    return create_model(reply.__name__, __config__=strict, __doc__=reply.__doc__, **fields)


def _kind(kind: Any) -> Any:
    if is_typeddict(kind):
        return _form(kind)
    parts = tuple(_kind(part) for part in get_args(kind))
    if not parts:
        return kind
    return Union[parts] if isinstance(kind, UnionType) else get_origin(kind)[parts]  # noqa: UP007  built at run time
