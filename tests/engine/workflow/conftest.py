"""Shows what differs when the comparison with stock SpiffWorkflow fails."""

import pytest

pytest.register_assert_rewrite("tests.engine.workflow.stock")
