"""Import before torchvision or timm: lets PyPI's torchvision be imported beside a CPU build of torch.

It is built for CUDA; on a CPU build its custom operators are absent, and their registrations fail.
"""

import torch.library

_register_fake = torch.library.register_fake


def _register_fake_if_there(op, *args, **kwargs):
    if isinstance(op, str) and op.startswith("torchvision::"):
        return lambda function: function
    return _register_fake(op, *args, **kwargs)


torch.library.register_fake = _register_fake_if_there
