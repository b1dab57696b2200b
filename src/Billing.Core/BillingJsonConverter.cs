using System.Text.Json;
using System.Text.Json.Serialization;
using Billing.Serialization;

namespace Billing;

/// <summary>
/// Writes and reads the values of this library with System.Text.Json. The types name this converter themselves, so you need not register it. Keys, fingerprints, currencies and identities are
/// their texts, enums their words in lower case, layouts and rules the files that they come from. Amounts and sums are texts, with every digit and their scale: most
/// readers take a number for binary floating point. Where one is read, a number does as well. Names follow the options, as for every other type:
/// <c>amount</c> with <see cref="JsonSerializerOptions.Web"/>. It uses no reflection.
/// </summary>
public sealed class BillingJsonConverter : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => JsonConverters.Has(typeToConvert);

    /// <inheritdoc/>
    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) => JsonConverters.Create(typeToConvert, options);
}
