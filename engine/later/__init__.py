"""容缺受理: what may be missing on filing, promised by a day, handed in later or else returned."""
