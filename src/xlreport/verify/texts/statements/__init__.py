"""Words against figures: what a unit's own texts state, and whether the tables and the texts agree."""
