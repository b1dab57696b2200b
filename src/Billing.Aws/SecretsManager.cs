using System.Collections.Concurrent;
using Billing.Aws.Secrets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Billing.Aws;

/// <summary>Reads secrets of Secrets Manager by ARN or name. Caches them for a while, reads them again on demand, and uses the agent on this machine if there is one. Safe for concurrent use.</summary>
public sealed class SecretsManager : IDisposable
{
    private readonly ConcurrentDictionary<string, CachedSecret> _cache = new(StringComparer.Ordinal);
    private readonly SecretsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SecretsService _service;
    private readonly SecretsAgent? _agent;

    /// <summary>Creates a reader, without calling AWS.</summary>
    /// <param name="connection">The connection to AWS, which the caller disposes.</param>
    /// <param name="options">How secrets are read; null for the defaults.</param>
    /// <param name="agentHandler">The handler that sends the requests to the agent; disposed with this reader. Null to create one.</param>
    /// <param name="timeProvider">The clock of the cache; null for the system clock.</param>
    /// <param name="logger">The logger for reads. Secrets are never logged.</param>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    public SecretsManager(AwsConnection connection, SecretsOptions? options = null, HttpMessageHandler? agentHandler = null, TimeProvider? timeProvider = null, ILogger<SecretsManager>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _options = (options ?? new SecretsOptions()).Checked();
        _time = timeProvider ?? TimeProvider.System;
        _logger = logger ?? NullLogger<SecretsManager>.Instance;
        _service = new SecretsService(connection);
        _agent = SecretsAgent.Of(_options, agentHandler, _logger);
    }

    /// <summary>The text of a secret, as of now or of up to <see cref="SecretsOptions.RefreshAfter"/> ago.</summary>
    /// <exception cref="AwsException">The secret does not exist, or may not be read.</exception>
    public Task<string> GetAsync(string secretId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secretId);
        return Cached(secretId).GetAsync(token => ReadAsync(secretId, token), _options.RefreshAfter, cancellationToken);
    }

    /// <summary>Returns the current text of a secret: asks Secrets Manager directly, without any cache. Use it when a server no longer accepts what <see cref="GetAsync"/> returned.</summary>
    /// <exception cref="AwsException">The secret does not exist, or may not be read.</exception>
    public Task<string> RefreshAsync(string secretId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secretId);
        Log.SecretReadAgain(_logger, secretId);
        return Cached(secretId).RefreshAsync(token => _service.ReadAsync(secretId, token), cancellationToken);
    }

    /// <summary>Returns a secret that holds the credentials of a database.</summary>
    /// <exception cref="AwsException">The secret does not exist, or may not be read.</exception>
    /// <exception cref="BillingConfigurationException">A key is missing or invalid. The message names the key.</exception>
    public async Task<DatabaseSecret> GetDatabaseAsync(string secretId, CancellationToken cancellationToken = default) =>
        DatabaseSecret.Parse(secretId, await GetAsync(secretId, cancellationToken).ConfigureAwait(false));

    /// <summary>Returns the current value of a secret that holds the credentials of a database.</summary>
    /// <inheritdoc cref="GetDatabaseAsync"/>
    public async Task<DatabaseSecret> RefreshDatabaseAsync(string secretId, CancellationToken cancellationToken = default) =>
        DatabaseSecret.Parse(secretId, await RefreshAsync(secretId, cancellationToken).ConfigureAwait(false));

    /// <summary>
    /// Returns the function that gives a sink its changing credentials. The first call uses the cached secret. Each later call means that a server has denied access, and reads the secret anew.
    /// </summary>
    /// <param name="secretId">The secret.</param>
    /// <param name="open">Opens connections with the credentials.</param>
    public Func<CancellationToken, ValueTask<T>> Rotating<T>(string secretId, Func<DatabaseSecret, T> open)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secretId);
        ArgumentNullException.ThrowIfNull(open);
        int calls = 0;
        return async cancellationToken => open(Interlocked.Increment(ref calls) == 1
            ? await GetDatabaseAsync(secretId, cancellationToken).ConfigureAwait(false)
            : await RefreshDatabaseAsync(secretId, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _agent?.Dispose();
        foreach (CachedSecret secret in _cache.Values)
        {
            secret.Dispose();
        }
    }

    private CachedSecret Cached(string secretId) => _cache.GetOrAdd(secretId, static (_, time) => new CachedSecret(time), _time);

    private async ValueTask<string> ReadAsync(string secretId, CancellationToken cancellationToken) =>
        (_agent is null ? null : await _agent.TryReadAsync(secretId, cancellationToken).ConfigureAwait(false))
        ?? await _service.ReadAsync(secretId, cancellationToken).ConfigureAwait(false);
}
