"""The notices of the State Council's office on the annual report: 2021's format, and 2019's, which it replaced."""
