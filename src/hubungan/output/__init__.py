"""Coded articles written out: nested articles, one record an event, tables, a page for a person."""
