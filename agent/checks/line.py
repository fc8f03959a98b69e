"""Checks of the line to the platform, step by step, so that the first that fails says where it breaks."""

import socket
import ssl
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from agent.checks.finding import Finding, good, warning, wrong
from agent.clients.municipal import MunicipalClient
from agent.clients.names import Names
from agent.clients.signing import Signer
from agent.errors import CityError, DeclinedError, cause
from agent.loops.network import routes

_STEP_S = 10.0
_PORTS = {"http": 80, "https": 443}


def line_findings(
    url: str, new_client: Callable[[], MunicipalClient], signer: Signer | None
) -> Iterator[Finding]:
    """Up to the first step that fails. Without `signer` the box is not enrolled."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    is_own = host in ("127.0.0.1", "localhost", "::1")
    if not routes() and not is_own:
        yield wrong("网络", "没有接上任何网络", "请检查网线或无线网络；学习照常，记录稍后自动上传")
        return
    try:
        addresses = Names().addresses(host, port, _STEP_S)
    except OSError as error:
        words = f"查不到 {host} 的地址（{cause(error)}）"
        yield wrong("域名", words, "请检查路由器和域名服务器；能打开别的网站而打不开市平台时，请核对平台地址")
        return
    yield good("域名", f"{host} 的地址是 {addresses[0][4][0]}")
    try:
        connection = socket.create_connection(addresses[0][4][:2], timeout=_STEP_S)
    except OSError as error:
        words = f"{host} 的端口 {port} 连不上（{cause(error)}）"
        yield wrong("连接", words, "市平台可能在维护，或网络不允许访问；记录会自动重试上传")
        return
    with connection:
        yield good("连接", f"{host} 的端口 {port} 可以连上")
        if parts.scheme == "https" and (finding := _handshake(connection, host)) is not None:
            yield finding
            if finding.advice:
                return
    yield from _platform(new_client, signer)


def _handshake(connection: socket.socket, host: str) -> Finding:
    try:
        with ssl.create_default_context().wrap_socket(connection, server_hostname=host) as wrapped:
            return good("加密连接", f"证书有效（{wrapped.version()}）")
    except ssl.SSLCertVerificationError as error:
        advice = "最常见的原因是系统时钟不对，请先校准；其次是网络要先登录，或平台证书已过期"
        return wrong("加密连接", f"证书不能接受（{error.verify_message}）", advice)
    except OSError as error:
        return wrong(
            "加密连接", f"没有建立起来（{cause(error)}）", "请检查网络是否要先登录，或有设备拦截加密连接"
        )


def _platform(new_client: Callable[[], MunicipalClient], signer: Signer | None) -> Iterator[Finding]:
    client = new_client()
    try:
        yield from _answers(client, signer)
    finally:
        client.close()


def _answers(client: MunicipalClient, signer: Signer | None) -> Iterator[Finding]:
    try:
        client.health()
    except CityError as error:
        yield wrong("市平台", error.words, "请核对平台地址；网络要先登录时请先登录")
        return
    yield good("市平台", "正常应答")
    if signer is None:
        yield warning("开通", "本机尚未开通", "请运行 zhanxue-agent enrol 账号 激活码")
        return
    try:
        # Naming the key that the platform already knows changes nothing.
        client.name_key(signer.key, signer)
    except DeclinedError as error:
        advice = "请向上级申请新的激活码，运行 zhanxue-agent enrol 账号 激活码 重新开通；记录都在，不会丢"
        yield wrong("签名", f"市平台不接受本机的签名（{error.words}）", advice)
    except CityError as error:
        yield warning("签名", f"没有核对成（{error.words}）", "稍后再检查一次")
    else:
        yield good("签名", "市平台接受本机的签名")
