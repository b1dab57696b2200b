using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Billing.Web.Security;

/// <summary>The import map that the page has within it, by its hash: the only thing of its kind that the policy allows.</summary>
internal sealed partial class PageScripts(IWebHostEnvironment environment)
{
    private readonly Lazy<string> _hashes = new(() => Read(environment));

    /// <summary>The hashes for the policy, each after a blank.</summary>
    public string Hashes => _hashes.Value;

    private static string Read(IWebHostEnvironment environment)
    {
        Microsoft.Extensions.FileProviders.IFileInfo page = environment.WebRootFileProvider.GetFileInfo("index.html");
        if (!page.Exists)
        {
            return "";
        }

        using StreamReader reader = new(page.CreateReadStream());
        return string.Concat(ImportMap().Matches(reader.ReadToEnd()).Select(map => $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(map.Groups[1].Value)))}'"));
    }

    [GeneratedRegex("""<script type="importmap">(.+?)</script>""", RegexOptions.Singleline)]
    private static partial Regex ImportMap();
}
