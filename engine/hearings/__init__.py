"""Hearings (行政许可法第四十六条至第四十八条): offered, or ordered by law; asked for, called, held."""
