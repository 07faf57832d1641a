"""A finished report as a town's data and settings: as a clerk would have written them, so that a build gives the report back."""

from __future__ import annotations

from nianbao_reader.adopting.adoption import Adoption as Adoption
from nianbao_reader.adopting.adoption import adopted as adopted
