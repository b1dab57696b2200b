namespace Billing.Lambda.Settings;

/// <summary>The files that are built into this program.</summary>
internal static class BuiltIn
{
    public static string Text(string name)
    {
        using StreamReader reader = new(typeof(BuiltIn).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The program was built without {name}."));
        return reader.ReadToEnd();
    }
}
