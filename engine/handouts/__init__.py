"""How each issue of a certificate reaches its holder: at the counter, by post, or opened on line."""
