"""The themes that ship with nianbao: each folder here is one."""
