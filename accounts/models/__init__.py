from .activities import EnjoyableActivity
from .injuries import Injury
from .profile import DisciplineProfile, Profile, Settings
from .security import RefreshSession
from .user import User

__all__ = ["DisciplineProfile", "EnjoyableActivity", "Injury", "Profile", "RefreshSession", "Settings", "User"]
