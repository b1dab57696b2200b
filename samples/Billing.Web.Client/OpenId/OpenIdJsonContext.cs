using System.Text.Json.Serialization;

namespace Billing.Web.Client.OpenId;

/// <summary>The shapes of what a provider answers, and of the sign-in that the window keeps meanwhile.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(OpenIdDocument))]
[JsonSerializable(typeof(OpenIdFlow))]
[JsonSerializable(typeof(OpenIdTokens))]
internal sealed partial class OpenIdJsonContext : JsonSerializerContext;
