"""A tile of what is not studied episode by episode: a channel, an article, the way to a list."""

from study.local_api import Tile


def unplayed_tile(
    tile_id: str,
    kind: str,
    title: str,
    *,
    number: int | None = None,
    category: str = "",
    producer: str = "",
    episodes: int = 0,
    on_box: bool = False,
    published_on: str | None = None,
) -> Tile:
    """Without length, progress and cover."""
    return Tile(
        id=tile_id,
        number=number,
        kind=kind,
        title=title,
        category=category,
        producer=producer,
        length_ms=0,
        episodes=episodes,
        episode=None,
        position_ms=0,
        covered_ms=0,
        done=False,
        on_box=on_box,
        cover=None,
        published_on=published_on,
    )
