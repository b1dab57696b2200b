namespace Billing.Settings;

/// <summary>The kind of a <see cref="SettingsNode"/>.</summary>
internal enum SettingsKind
{
    Object,
    List,
    Text,
    Number,
    Truth,
    Null,
}
