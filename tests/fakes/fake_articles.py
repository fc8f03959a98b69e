"""Articles of the fake agent, in memory."""

from study.article_api import ArticleReply, BlockEntry


def heading(text: str, level: int = 1) -> BlockEntry:
    return {"kind": "heading", "text": text, "level": level, "url": "", "width_px": 0, "height_px": 0}


def paragraph(text: str) -> BlockEntry:
    return {"kind": "paragraph", "text": text, "level": 0, "url": "", "width_px": 0, "height_px": 0}


def picture(path: str, width_px: int, height_px: int, caption: str = "") -> BlockEntry:
    """One that is named by its address on loopback."""
    url = f"http://127.0.0.1{path}"
    return {
        "kind": "picture",
        "text": caption,
        "level": 0,
        "url": url,
        "width_px": width_px,
        "height_px": height_px,
    }


def article(number: int, title: str, *blocks: BlockEntry) -> ArticleReply:
    return {
        "id": f"article:{number}",
        "item_id": f"article:{number}",
        "title": title,
        "producer": "大兴区农业农村局",
        "category": "实用技术",
        "topic": "",
        "published_on": "2026-11-03",
        "blocks": list(blocks),
        "recording": None,
        "is_newest": True,
    }
