namespace Billing.Settings;

/// <summary>A member of an object in a settings file.</summary>
/// <param name="Name">As written.</param>
/// <param name="Line">The line of its name, from 1.</param>
internal sealed record SettingsMember(string Name, long Line, SettingsNode Value);
