import Driver
import Journal
import NIOConcurrencyHelpers

/// Takes the disk's results to the driver's inbox. The disk is there before the inbox is; until then no job is
/// submitted.
final class DiskCompletions: Sendable {
    private let inbox = NIOLockedValueBox<Inbox?>(nil)

    func send(to inbox: Inbox) {
        self.inbox.withLockedValue { $0 = inbox }
    }

    func deliver(_ ticket: DiskTicket, _ result: Result<Void, DiskError>) {
        inbox.withLockedValue { $0 }?.post(.disk(ticket, result))
    }
}
