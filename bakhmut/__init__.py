"""Which reported casualty figures can be true together, and under which reading of the words."""

__version__ = "0.1.0"

from bakhmut.claims import Dossier, DossierError, read_dossier

__all__ = ["Dossier", "DossierError", "read_dossier"]
