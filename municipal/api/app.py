"""The HTTP application: all doors of the platform together."""

import mimetypes

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from municipal.api import (
    articles,
    catalogue,
    enrolment,
    health,
    keys,
    live,
    offline_standings,
    parcels,
    parcels_page,
    pseudonym_key,
    ranking,
    records,
)
from municipal.api.answers import add_answers
from municipal.api.parts import Parts

# The system's own table may know .ts as a translation file.
mimetypes.add_type("video/mp2t", ".ts")


def create_app(parts: Parts) -> FastAPI:
    """The application over `parts`; starts nothing."""
    app = FastAPI(title="站学市级平台", docs_url=None, redoc_url=None)
    app.state.parts = parts
    add_answers(app)
    doors = (
        *(enrolment, keys, pseudonym_key, catalogue, articles, records),
        *(offline_standings, parcels, parcels_page, ranking, health, live),
    )
    for door in doors:
        app.include_router(door.router)
    folders = {"/media": parts.media, "/covers": parts.covers, "/live": parts.playlists}
    for path, folder in folders.items():
        if folder is not None:
            app.mount(path, StaticFiles(directory=folder, check_dir=False))
    return app
