namespace Billing.Local.Http;

/// <summary>The files of the page, as <c>dotnet publish samples/Billing.Web.Client</c> makes them.</summary>
internal static class PageFolder
{
    /// <summary>The name of the folder beside the program in which the page is found without being named.</summary>
    public const string Beside = "page";

    private const string Start = "index.html";

    /// <summary>Returns the folder of the page, or null if none is named and none is beside the program.</summary>
    /// <param name="stated">The folder that publishing made, or its <c>wwwroot</c>; null for the one beside the program.</param>
    /// <param name="program">The folder of the program.</param>
    /// <exception cref="LocalException">The named folder contains no page.</exception>
    public static string? Find(string? stated, string program)
    {
        if (stated is null)
        {
            return In(Path.Combine(program, Beside));
        }

        return In(Path.GetFullPath(stated))
            ?? throw new LocalException($"The folder {stated} contains no page: there is no {Start} with a folder _framework in it or in its wwwroot. Make it with `dotnet publish samples/Billing.Web.Client -c Release -o FOLDER`, and name FOLDER with --page.");
    }

    private static string? In(string folder) =>
        ((string[])[Path.Combine(folder, "wwwroot"), folder]).FirstOrDefault(one => File.Exists(Path.Combine(one, Start)) && Directory.Exists(Path.Combine(one, "_framework")));
}
