namespace Billing.Settings;

/// <summary>Reads the bytes of a settings file (layouts, rates, rules).</summary>
internal static class SettingsFile
{
    /// <exception cref="BillingConfigurationException">The file cannot be read.</exception>
    public static byte[] ReadBytes(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new BillingConfigurationException($"The path '{path}' of a settings file is blank. Name a file.");
        }

        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Unreadable(path, error);
        }
    }

    /// <summary>Returns the error for a file that cannot be read, with its cause.</summary>
    public static BillingConfigurationException Unreadable(string path, Exception cause) =>
        new($"The file '{path}' cannot be read: {cause.Message} Check the path and the permissions.", cause);
}
