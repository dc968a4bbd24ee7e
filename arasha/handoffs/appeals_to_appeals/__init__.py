"""An officer forwards a sealed appeal to a body that is competent; that body accepts or returns it."""
