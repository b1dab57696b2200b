using System.Collections.Concurrent;
using Billing.Aws.Secrets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Billing.Aws;

/// <summary>Secrets of Secrets Manager, by ARN or name: kept for a while, read again on demand, through the agent on this machine where there is one. Safe for many calls at once.</summary>
public sealed class SecretsManager : IDisposable
{
    private readonly ConcurrentDictionary<string, CachedSecret> _cache = new(StringComparer.Ordinal);
    private readonly SecretsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SecretsService _service;
    private readonly SecretsAgent? _agent;

    /// <summary>Creates a reader; nothing is called yet.</summary>
    /// <param name="connection">The way to AWS; stays the caller's to dispose.</param>
    /// <param name="options">How secrets are read; null for the defaults.</param>
    /// <param name="agentHandler">Sends the requests to the agent; disposed with this. Null for one of its own.</param>
    /// <param name="timeProvider">The clock of the cache; null for the system's.</param>
    /// <param name="logger">Where readings are logged, never what was read.</param>
    /// <exception cref="BillingConfigurationException">An option is wrong.</exception>
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
    /// <exception cref="AwsException">The secret is not there, or may not be read.</exception>
    public Task<string> GetAsync(string secretId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secretId);
        return Cached(secretId).GetAsync(token => ReadAsync(secretId, token), _options.RefreshAfter, cancellationToken);
    }

    /// <summary>The text of a secret as it is now: asks Secrets Manager itself, past every cache. For when a server no longer takes what <see cref="GetAsync"/> gave.</summary>
    /// <exception cref="AwsException">The secret is not there, or may not be read.</exception>
    public Task<string> RefreshAsync(string secretId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secretId);
        Log.SecretReadAgain(_logger, secretId);
        return Cached(secretId).RefreshAsync(token => _service.ReadAsync(secretId, token), cancellationToken);
    }

    /// <summary>A secret that holds the credentials of a database.</summary>
    /// <exception cref="AwsException">The secret is not there, or may not be read.</exception>
    /// <exception cref="BillingConfigurationException">A key is missing or wrong; the message names it.</exception>
    public async Task<DatabaseSecret> GetDatabaseAsync(string secretId, CancellationToken cancellationToken = default) =>
        DatabaseSecret.Parse(secretId, await GetAsync(secretId, cancellationToken).ConfigureAwait(false));

    /// <summary>A secret that holds the credentials of a database, as it is now.</summary>
    /// <inheritdoc cref="GetDatabaseAsync"/>
    public async Task<DatabaseSecret> RefreshDatabaseAsync(string secretId, CancellationToken cancellationToken = default) =>
        DatabaseSecret.Parse(secretId, await RefreshAsync(secretId, cancellationToken).ConfigureAwait(false));

    /// <summary>
    /// What a sink with changing credentials asks: the first call takes the secret as it is known, each later one, which means that a server has denied access, reads it anew.
    /// </summary>
    /// <param name="secretId">The secret.</param>
    /// <param name="open">Makes of the credentials what opens connections.</param>
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
