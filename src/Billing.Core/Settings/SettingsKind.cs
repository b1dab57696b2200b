namespace Billing.Settings;

/// <summary>What a <see cref="SettingsNode"/> is.</summary>
internal enum SettingsKind
{
    Object,
    List,
    Text,
    Number,
    Truth,
    Null,
}
