using Billing.Web.Problems;

namespace Billing.Web.Ledger;

/// <summary>Keys and tags as they stand in addresses and headers.</summary>
internal static class Addresses
{
    private const int LongestId = 100;

    /// <exception cref="RefusedException">It is no key, so there is nothing under it.</exception>
    public static RecordKey Of(string text) => RecordKey.TryParse(text, out RecordKey key) && key.ToString() == text ? key
        : throw new RefusedException(StatusCodes.Status404NotFound, "There is nothing under this key. A key is 64 hexadecimal digits in lower case.");

    /// <exception cref="RefusedException">It is no id.</exception>
    public static string Id(string text) => text.Length <= LongestId && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? text
        : throw new RefusedException(StatusCodes.Status404NotFound, "There is nothing under this id.");

    /// <summary>The version that <c>If-Match</c> states.</summary>
    /// <exception cref="RefusedException">It states none.</exception>
    public static string Version(HttpRequest request) => request.Headers.IfMatch.ToString().Trim() is ['"', .. var version, '"'] && version.Length is > 0 and <= LongestId ? version
        : throw new RefusedException(StatusCodes.Status428PreconditionRequired, "State in If-Match, in quotes, the version that you saw: that of the ETag.");
}
