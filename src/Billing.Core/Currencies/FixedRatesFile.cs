using System.Text;
using Billing.Settings;

namespace Billing.Currencies;

/// <summary>Reads fixed rates from a file, JSON or CSV.</summary>
internal static class FixedRatesFile
{
    /// <exception cref="BillingConfigurationException">The file cannot be read or is wrong.</exception>
    public static FixedRateTable Read(string path)
    {
        byte[] bytes = SettingsFile.ReadBytes(path);
        return IsJson(bytes) ? FixedRatesJson.Read(bytes, path) : FixedRatesCsv.Read(bytes, path);
    }

    private static bool IsJson(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        bytes = bytes.TrimStart(" \t\r\n"u8);
        // A comment, an object, or a list; for a list, the error then says what a rates file is.
        return !bytes.IsEmpty && bytes[0] is (byte)'{' or (byte)'/' or (byte)'[';
    }
}
