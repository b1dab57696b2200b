namespace Billing.Settings;

/// <summary>A value of a settings file in JSON that knows its line, so that an error can name the place.</summary>
internal sealed class SettingsNode(string file, long line, SettingsKind kind, string text, IReadOnlyList<SettingsMember> members, IReadOnlyList<SettingsNode> items)
{
    /// <summary>The line that it starts on, from 1.</summary>
    public long Line => line;

    public SettingsKind Kind => kind;

    /// <summary>The content of a text, the digits of a number as written, <c>true</c> or <c>false</c>; otherwise empty.</summary>
    public string Text => text;

    /// <summary>The members of an object, in order, with unique names; otherwise empty.</summary>
    public IReadOnlyList<SettingsMember> Members => members;

    /// <summary>The items of a list, in order; otherwise empty.</summary>
    public IReadOnlyList<SettingsNode> Items => items;

    /// <summary>The value in words, for messages: <c>the text "abc"</c>, <c>an object</c>.</summary>
    public string Description => kind switch
    {
        SettingsKind.Object => "an object",
        SettingsKind.List => "a list",
        SettingsKind.Text => $"the text \"{text}\"",
        SettingsKind.Number => $"the number {text}",
        SettingsKind.Null => "null",
        _ => text,
    };

    /// <summary>Returns the member with that name (exact case), or null.</summary>
    public SettingsMember? Find(string name)
    {
        foreach (SettingsMember member in members)
        {
            if (member.Name == name)
            {
                return member;
            }
        }

        return null;
    }

    /// <summary>Returns an error about this value, with file and line.</summary>
    public BillingConfigurationException Error(string message) => new(file, line, message);

    /// <summary>Returns an error about another line of the same file, such as that of a member's name.</summary>
    public BillingConfigurationException ErrorAt(long otherLine, string message) => new(file, otherLine, message);
}
