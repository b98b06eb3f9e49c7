"""What a task template is made of: its fields with their rules, checked before anything is sent.

::

    from connectkit.task_definitions import NameField, SelectField, TaskTemplateDefinition

    refund = TaskTemplateDefinition(
        name="Refund",
        contact_flow="Refund tasks",
        fields=[NameField("Task name"), SelectField("Carrier", options=["Post", "Courier"], default="Post")],
    )
    kit.instance("…").task_templates.create(refund)

Pure: it does no I/O, and loads neither pydantic nor boto3.
"""

from .definition import TaskTemplateDefinition as TaskTemplateDefinition, read_definition as read_definition
from .fields import (
    BooleanField as BooleanField,
    DateTimeField as DateTimeField,
    DescriptionField as DescriptionField,
    EmailField as EmailField,
    ExpiryField as ExpiryField,
    FieldRules as FieldRules,
    NameField as NameField,
    NameRules as NameRules,
    NumberField as NumberField,
    QuickConnectField as QuickConnectField,
    ScheduledTimeField as ScheduledTimeField,
    SelectField as SelectField,
    SelfAssignField as SelfAssignField,
    TaskField as TaskField,
    TextAreaField as TextAreaField,
    TextField as TextField,
    UrlField as UrlField,
)
from .values import TaskValue as TaskValue

__all__ = [
    "BooleanField",
    "DateTimeField",
    "DescriptionField",
    "EmailField",
    "ExpiryField",
    "FieldRules",
    "NameField",
    "NameRules",
    "NumberField",
    "QuickConnectField",
    "ScheduledTimeField",
    "SelectField",
    "SelfAssignField",
    "TaskField",
    "TaskTemplateDefinition",
    "TaskValue",
    "TextAreaField",
    "TextField",
    "UrlField",
    "read_definition",
]
