"""The course of a process in words: its steps one after another, who does each, and what follows it."""

from engine.course.course import Course, Follow, Reminder, Station, read_course

__all__ = ["Course", "Follow", "Reminder", "Station", "read_course"]
