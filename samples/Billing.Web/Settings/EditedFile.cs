using System.Security.Cryptography;
using System.Text;

namespace Billing.Web.Settings;

/// <summary>A settings file that people edit on the page: checked before it is written, whole or not at all, and by one of two editors.</summary>
/// <param name="path">The file.</param>
/// <param name="none">The text where there is no file.</param>
/// <param name="parse">Reads the text; messages have the name that it is given.</param>
internal sealed class EditedFile<T>(string path, string none, Func<string, string, T> parse)
    where T : class
{
    private readonly Lock _lock = new();
    private (string Text, T? Value)? _current;

    /// <summary>The text; a file that is not there is as good as the text of none.</summary>
    public string Text => Load().Text;

    /// <summary>What the file says; null where there is no file.</summary>
    public T? Value => Load().Value;

    public string Version => VersionOf(Text);

    /// <summary>Writes another text.</summary>
    /// <returns>Whether nobody else changed it since.</returns>
    /// <exception cref="BillingConfigurationException">The text is wrong.</exception>
    public bool TryReplace(string version, string text)
    {
        T value = parse(text, Path.GetFileNameWithoutExtension(path));
        lock (_lock)
        {
            if (VersionOf(Load().Text) != version)
            {
                return false;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            WholeFile.Write(path, text);
            _current = (text, value);
            return true;
        }
    }

    private (string Text, T? Value) Load()
    {
        lock (_lock)
        {
            if (_current is not { } current)
            {
                string? text = File.Exists(path) ? File.ReadAllText(path) : null;
                _current = current = (text ?? none, text is null ? null : parse(text, path));
            }

            return current;
        }
    }

    private static string VersionOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
