using System.Text.Json;

namespace Billing.Json;

/// <summary>One member of an object.</summary>
/// <param name="Number">The number of its name, or <see cref="JsonNames.NotKept"/>.</param>
/// <param name="Name">Its name, only if it has no number.</param>
/// <param name="Kind">The first token of its value.</param>
/// <param name="Start">Where the text of its value begins.</param>
/// <param name="Length">The length of that text in bytes.</param>
/// <param name="IsUnescaped">Whether that text was unescaped, and is kept apart from the source.</param>
internal readonly record struct JsonMember(int Number, string? Name, JsonTokenType Kind, int Start, int Length, bool IsUnescaped);
