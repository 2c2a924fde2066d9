"""One notice of all that is missing (行政许可法第三十二条), one reply, a second look by who asked."""
