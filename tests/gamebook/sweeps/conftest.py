import pytest

import gamebook


@pytest.fixture(scope="session")
def no_tools():
    return gamebook.load("no_tools")


@pytest.fixture(scope="session")
def package():
    return gamebook.load("package")
