"""HTTP: one thin module per resource."""

from backend.routes.audit import router as audit
from backend.routes.cameras import router as cameras
from backend.routes.changes import router as changes
from backend.routes.commands import router as commands
from backend.routes.entities import router as entities
from backend.routes.files import router as files
from backend.routes.health import router as health
from backend.routes.incidents import router as incidents
from backend.routes.live import router as live
from backend.routes.media import router as media
from backend.routes.presence import router as presence
from backend.routes.sessions import router as sessions
from backend.routes.users import router as users

ROUTERS = (
    health, sessions, changes, live, commands, files, presence, incidents, cameras, media, entities, audit,
    users,
)  # fmt: skip
