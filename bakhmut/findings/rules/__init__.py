"""The flags: one function a flag, from the evidence to findings.

In: `Evidence`. Out: findings, each with its claims and one sentence of reason. By what they look
at: wording (what is counted), hedges (how firmly it is said), scope (where and when), numbers,
voices (who says so). `findings/flags.py` names them in their order.
"""
