"""In: a Report and the rules. Out: Outcomes, one for each rule instance.

`from auditor import check` may give this package instead of the function of the library that
bears its name: Python sets a package's name on its parent. So it can be called like the function.
"""

import sys
from types import ModuleType
from typing import Any


class _CallableStep(ModuleType):
    def __call__(self, *arguments: Any, **options: Any) -> Any:
        from auditor.pipeline import check  # noqa: PLC0415 - a later step, only when called

        return check(*arguments, **options)


sys.modules[__name__].__class__ = _CallableStep
