"""The applicant's own pages: drafts, the one form, materials, filing, and the cases that came of it."""
