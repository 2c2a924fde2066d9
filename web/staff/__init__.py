"""The pages of the people inside: clerks, inspectors, supervisors."""
