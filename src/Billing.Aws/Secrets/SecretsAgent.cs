using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Billing.Aws.Secrets;

/// <summary>Asks the Secrets Manager Agent, or the Lambda extension, on this machine. For anything that it does not return, Secrets Manager is asked directly.</summary>
internal sealed class SecretsAgent : IDisposable
{
    private const string PortVariable = "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT";
    // Lambda installs extensions in this folder. The secrets extension states its port only if it was set to another one.
    private const string ExtensionsFolder = "/opt/extensions";
    private const ushort DefaultPort = 2773;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(3);

    private readonly Uri _address;
    private readonly string _token;
    private readonly HttpClient _client;
    private readonly ILogger _logger;

    private SecretsAgent(Uri address, string token, HttpMessageHandler? handler, ILogger logger)
    {
        _address = address;
        _token = token;
        _logger = logger;
#pragma warning disable CA2000 // The client disposes its handler.
        _client = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = s_timeout };
#pragma warning restore CA2000
    }

    /// <summary>Returns the agent from the options or the environment, or null if there is none.</summary>
    /// <exception cref="BillingConfigurationException">The port is invalid.</exception>
    public static SecretsAgent? Of(SecretsOptions options, HttpMessageHandler? handler, ILogger logger)
    {
        string? token = options.AgentToken ?? Environment.GetEnvironmentVariable("AWS_SESSION_TOKEN");
        Uri? address = options.Agent;
        if (address is null && Environment.GetEnvironmentVariable(PortVariable) is { Length: > 0 } text)
        {
            address = ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) && port > 0
                ? Local(port)
                : throw new BillingConfigurationException($"The variable {PortVariable} is '{text}'. Use the port that the extension listens on; its default is {DefaultPort}.");
        }
        else if (Directory.Exists(ExtensionsFolder) && Directory.EnumerateFileSystemEntries(ExtensionsFolder).Any())
        {
            address ??= Local(DefaultPort);
        }

        return address is null || string.IsNullOrEmpty(token) ? null : new SecretsAgent(address, token, handler, logger);
    }

    private static Uri Local(ushort port) => new(FormattableString.Invariant($"http://localhost:{port}"));

    /// <summary>Returns the text of a secret, or null if the agent does not return it.</summary>
    public async ValueTask<string?> TryReadAsync(string secretId, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(_address, "/secretsmanager/get?secretId=" + Uri.EscapeDataString(secretId)));
        request.Headers.TryAddWithoutValidation("X-Aws-Parameters-Secrets-Token", _token);
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                Log.AgentPassedBy(_logger, secretId, FormattableString.Invariant($"HTTP {(int)response.StatusCode}"));
                return null;
            }

            string? text = SecretJson.TextOf(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
            if (text is null)
            {
                Log.AgentPassedBy(_logger, secretId, "no secret in the answer");
            }

            return text;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The message may repeat what was read.
            Log.AgentPassedBy(_logger, secretId, e.GetType().Name);
            return null;
        }
    }

    public void Dispose() => _client.Dispose();
}
