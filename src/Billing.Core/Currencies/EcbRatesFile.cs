using System.IO.Compression;
using Billing.Settings;

namespace Billing.Currencies;

/// <summary>Finds the CSV of the ECB, even inside a zip file.</summary>
internal static class EcbRatesFile
{
    /// <exception cref="BillingConfigurationException">The file cannot be read or does not have that form.</exception>
    public static EcbRateTable Read(string path, int maxStalenessDays, out string sha256)
    {
        byte[] bytes = SettingsFile.ReadBytes(path);
        sha256 = KeptRates.Sha256Of(bytes);
        return bytes.AsSpan().StartsWith("PK\u0003\u0004"u8)
            ? EcbRatesCsv.Read(Unzip(bytes, path, out string inside), $"{path}/{inside}", maxStalenessDays)
            : EcbRatesCsv.Read(bytes, path, maxStalenessDays);
    }

    private static byte[] Unzip(byte[] bytes, string path, out string inside)
    {
        try
        {
            using ZipArchive archive = new(new MemoryStream(bytes), ZipArchiveMode.Read);
            ZipArchiveEntry[] files = [.. archive.Entries.Where(entry => entry.FullName.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))];
            if (files.Length != 1)
            {
                throw new BillingConfigurationException($"The file '{path}' holds {files.Length} CSV files. Give the zip file of the ECB, which holds one, or the CSV file itself.");
            }

            inside = files[0].FullName;
            using Stream content = files[0].Open();
            using MemoryStream copy = new();
            content.CopyTo(copy);
            return copy.ToArray();
        }
        catch (InvalidDataException error)
        {
            throw SettingsFile.Unreadable(path, error);
        }
    }
}
