//! Messages between page and proxy.
