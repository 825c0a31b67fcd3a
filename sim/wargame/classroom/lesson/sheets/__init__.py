"""The sheets of a lesson, one by one."""
